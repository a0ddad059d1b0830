import type { Metadata } from "next";
import { Statement } from "../../../components/accessibility/statement.tsx";
import { Shell } from "../../../components/page/shell.tsx";
import { sayIn } from "../../../components/words/translator.ts";
import { accessibilityStatement } from "../../../server/api/accessibility/read.ts";
import { type LocaleParams, languageOf } from "../../i18n/language-of.ts";

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  return { title: sayIn(await languageOf(params))("pages.accessibility.heading") };
}

/** How accessible the service is, to anyone, without signing in. */
export default async function Page({ params }: LocaleParams) {
  const language = await languageOf(params);
  return (
    <Shell language={language} path="/accessibility">
      <Statement statement={await accessibilityStatement()} language={language} />
    </Shell>
  );
}
