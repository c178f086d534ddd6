import "../ui/element";
import { ErrorNotice } from "../ui/error-notice";
import { KEEPER_NAME, pageEngines } from "../ui/page-engines";
import { allowOwnScripts } from "../ui/trusted-types";
import { EmbedFrame } from "./embed-frame";

allowOwnScripts();
pageEngines();
customElements.define("rs-error-notice", ErrorNotice);
customElements.define("rs-embed-frame", EmbedFrame);

// A keeper shows nothing: it holds the models of the frames beside it.
if (window.name !== KEEPER_NAME) {
  const frame = document.createElement("rs-embed-frame");
  document.body.append(frame);
  // A frame that is taken away ends without its elements being told. One that the browser keeps goes on later.
  addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) frame.remove();
  });
}
