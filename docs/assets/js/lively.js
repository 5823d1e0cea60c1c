/** All that runs and changes blocks, to be loaded at once. */

import { showEdits } from "./edit.js";
import { showRuns } from "./run.js";

export { startEditing, take } from "./edit.js";
export { runOrStop } from "./run.js";

/** Put back what was run and changed before the page was left. */
export function showBlocks() {
  showEdits();
  showRuns();
}
