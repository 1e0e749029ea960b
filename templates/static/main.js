// Each module enhances one kind of element that also works without it.
import { enhanceCopy } from "./copy.js";
import { enhanceLimits } from "./limits.js";
import { enhanceLiveForms } from "./live.js";
import { enhanceTheme } from "./toggle.js";
import { enhanceBack } from "./back.js";
import { keepFocus } from "./focus.js";
import { enhanceBusy } from "./busy.js";
import { enhanceLinks } from "./link.js";
import { watchComparison } from "./compare.js";
import { enhanceViewer, watchViewer } from "./viewer.js";

function enhance(root) {
  enhanceCopy(root);
  enhanceLinks(root);
  enhanceViewer(root, enhance);
}

enhanceTheme();
enhanceBack();
enhanceBusy();
watchViewer();
watchComparison();
enhanceLimits();
enhanceLiveForms(enhance);
enhance(document);
keepFocus();
