import enDimensions from "./en/dimensions.json" with { type: "json" };
import enFigures from "./en/figures.json" with { type: "json" };
import enFindings from "./en/findings.json" with { type: "json" };
import enMethod from "./en/method.json" with { type: "json" };
import enPages from "./en/pages.json" with { type: "json" };
import enPortrait from "./en/portrait.json" with { type: "json" };
import fiDimensions from "./fi/dimensions.json" with { type: "json" };
import fiFigures from "./fi/figures.json" with { type: "json" };
import fiFindings from "./fi/findings.json" with { type: "json" };
import fiMethod from "./fi/method.json" with { type: "json" };
import fiPages from "./fi/pages.json" with { type: "json" };
import fiPortrait from "./fi/portrait.json" with { type: "json" };
import svDimensions from "./sv/dimensions.json" with { type: "json" };
import svFigures from "./sv/figures.json" with { type: "json" };
import svFindings from "./sv/findings.json" with { type: "json" };
import svMethod from "./sv/method.json" with { type: "json" };
import svPages from "./sv/pages.json" with { type: "json" };
import svPortrait from "./sv/portrait.json" with { type: "json" };

/** What the pages say, by language. Finnish is the source: a message missing from Swedish or English does not compile. */
const fi = {
  dimensions: fiDimensions,
  figures: fiFigures,
  findings: fiFindings,
  method: fiMethod,
  pages: fiPages,
  portrait: fiPortrait,
};
export type Messages = typeof fi;

const sv: Messages = {
  dimensions: svDimensions,
  figures: svFigures,
  findings: svFindings,
  method: svMethod,
  pages: svPages,
  portrait: svPortrait,
};
const en: Messages = {
  dimensions: enDimensions,
  figures: enFigures,
  findings: enFindings,
  method: enMethod,
  pages: enPages,
  portrait: enPortrait,
};

export const MESSAGES = { fi, sv, en };
