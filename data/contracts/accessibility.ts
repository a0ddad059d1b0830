import { z } from "zod";
import { Names } from "./names.ts";

/** Accessibility statement of the service (Digipalvelulaki 306/2019 §9): who answers, how it was looked at, and each known gap. */
export const AccessibilityStatement = z.strictObject({
  format: z.literal("tilannekuva.accessibility/1"),
  /** Who runs the service and answers feedback; an organisation that runs it puts its own here. */
  organisation: Names,
  /** Where feedback goes; null until the organisation has named it. */
  feedback: z.email().nullable(),
  written: z.iso.date(),
  status: z.enum(["full", "partly", "not"]),
  /** How it was looked at, and how it was not. */
  looked: z.array(Names).min(1),
  gaps: z.array(
    z.strictObject({
      /** The criterion of WCAG 2.2, as "1.4.3". */
      criterion: z.string().regex(/^[1-4]\.\d{1,2}\.\d{1,2}$/),
      what: Names,
      why: Names,
      /** By when it is to be mended; null where that is not known. */
      until: z.iso.date().nullable(),
    }),
  ),
});
export type AccessibilityStatement = z.infer<typeof AccessibilityStatement>;
