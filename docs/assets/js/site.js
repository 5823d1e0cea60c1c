/** What makes the pages livelier. Everything works without it. */

import "../katex/copy-tex.js"; // a copied formula is its LaTeX
import { listenForCopying } from "./copy.js";
import { letKeysScroll } from "./scroll.js";
import { ignoreSingleKeys, letSkippingFocus, makeDrawerButton } from "./keys.js";
import { listenForEscape } from "./dismiss.js";
import { keepVisitedPages } from "./offline.js";
import { onEveryPage } from "./pages.js";
import { listenForBlocks, showBlocks } from "./blocks.js";
import { listenForNeuron, showNeuron } from "./interactive.js";

listenForCopying();
listenForBlocks();
listenForNeuron();
listenForEscape();
ignoreSingleKeys();
letSkippingFocus();
onEveryPage(letKeysScroll);
onEveryPage(makeDrawerButton);
onEveryPage(showBlocks);
onEveryPage(showNeuron);
window.addEventListener("load", keepVisitedPages);
