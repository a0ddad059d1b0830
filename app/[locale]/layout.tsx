import type { Metadata, Viewport } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { pathIn } from "../../components/page/reading.ts";
import { sayIn } from "../../components/words/translator.ts";
import { isLanguage } from "../i18n/routing.ts";
import { sourceSans } from "../styles/fonts.ts";
import "../styles/globals.css";

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

/** Every page is made for its request: its policy carries a nonce, and its picture may have been published just now. */
export const dynamic = "force-dynamic";

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const say = sayIn(isLanguage(locale) ? locale : "fi");
  return {
    title: { default: say("pages.shell.title"), template: `%s – Tilannekuva` },
    description: say("pages.shell.description"),
    icons: { icon: "/icon.svg" },
  };
}

export default async function Layout({ children, params }: Props) {
  const { locale } = await params;
  if (!isLanguage(locale)) notFound();
  const say = sayIn(locale);
  return (
    <html lang={locale} className={sourceSans.variable}>
      <body>
        {children}
        <div
          id="failed-words"
          hidden
          data-heading={say("pages.failed.heading")}
          data-text={say("pages.failed.text")}
          data-again={say("pages.failed.again")}
          data-offline-heading={say("pages.failed.offlineHeading")}
          data-offline-text={say("pages.failed.offlineText")}
          data-code={say("pages.failed.code")}
          data-centre={say("pages.shell.toCentre")}
          data-centre-path={pathIn(locale, "/")}
        />
      </body>
    </html>
  );
}
