import { NoticePage } from "../../../components/page/shell.tsx";
import { sayIn } from "../../../components/words/translator.ts";
import { type LocaleParams, languageOf } from "../../i18n/language-of.ts";

/** Nothing stands at the address that was asked; proxy.ts answers with this page and status 404. */
export default async function Missing({ params }: LocaleParams) {
  const language = await languageOf(params);
  const say = sayIn(language);
  return <NoticePage language={language} heading={say("pages.notFound.heading")} text={say("pages.notFound.text")} />;
}
