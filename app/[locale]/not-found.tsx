import { headers } from "next/headers";
import { NoticePage } from "../../components/page/shell.tsx";
import { sayIn } from "../../components/words/translator.ts";
import { isLanguage } from "../i18n/routing.ts";

/** Nothing stands at the address. The language is the one that the address was routed to. */
export default async function NotFound() {
  const routed = (await headers()).get("x-language") ?? "fi";
  const language = isLanguage(routed) ? routed : "fi";
  const say = sayIn(language);
  return <NoticePage language={language} heading={say("pages.notFound.heading")} text={say("pages.notFound.text")} />;
}
