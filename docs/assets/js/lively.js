/**
 * All that runs and changes blocks, to be loaded at once:
 *
 *     run     blocks that run; knows the page          edit    blocks that change; knows the page
 *     chain   what has to run first                    edits   remembers what was changed
 *     python  Python, from the page's side             link    links that carry a change
 *     worker  Python itself, in a thread of its own    editor  draws the editor
 *     panel   draws what is printed                    code    the text of a block, as it stands
 */

import { showEdits } from "./edit.js";
import { showRuns } from "./run.js";

export { startEditing, take } from "./edit.js";
export { runOrStop } from "./run.js";

/** Put back what was run and changed before the page was left. */
export function showBlocks() {
  showEdits();
  showRuns();
}
