import { registerErrorTransfer } from "../../src/shared/error-transfer";
import { theirsPeer } from "./theirs-peer";

registerErrorTransfer(); // as its worker does
window.peer = theirsPeer();
