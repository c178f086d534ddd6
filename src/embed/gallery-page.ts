import "../ui/element";
import { applyTheme, currentTheme } from "../ui/theme";
import { allowOwnScripts } from "../ui/trusted-types";
import { Gallery } from "./gallery";
import { GalleryFrame } from "./gallery-frame";
import { GalleryNotebook } from "./gallery-notebook";
import { GalleryStreamlit } from "./gallery-streamlit";

allowOwnScripts();
applyTheme(currentTheme());
customElements.define("rs-gallery-frame", GalleryFrame);
customElements.define("rs-gallery-notebook", GalleryNotebook);
customElements.define("rs-gallery-streamlit", GalleryStreamlit);
customElements.define("rs-gallery", Gallery);
