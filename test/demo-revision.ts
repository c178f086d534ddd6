/** Of the demonstration model's checkpoint: `sha256-` and the beginning of what `sha256sum` prints for its weights. */
export const DEMO_REVISION = "sha256-8977a9dec36c";
