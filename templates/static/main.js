// Each module enhances one kind of element that also works without it.
import { enhanceCopy } from "./copy.js";
import { enhanceLimits } from "./limits.js";
import { enhanceLiveForms } from "./live.js";
import { enhanceTheme } from "./toggle.js";
import { enhanceFilter } from "./filter.js";
import { enhanceBack } from "./back.js";
import { enhanceBusy } from "./busy.js";
import { enhanceLines } from "./lines.js";

function enhance(root) {
  enhanceCopy(root);
  enhanceFilter(root);
}

enhanceTheme();
enhanceBack();
enhanceBusy();
enhanceLines();
enhanceLimits();
enhanceLiveForms(enhance);
enhance(document);
