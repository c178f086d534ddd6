import { oursPeer } from "./ours-peer";

window.peer = oursPeer();
