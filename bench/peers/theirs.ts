import { theirsPeer } from "./theirs-peer";

window.peer = theirsPeer();
