import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const WORDS = fileURLToPath(new URL("../../data/words", import.meta.url));
const LANGUAGES = ["fi", "sv", "en"];

type Texts = Map<string, string>;

it("fi, sv and en say the same things with the same values", () => {
  const files = new Set(LANGUAGES.flatMap((language) => readdirSync(join(WORDS, language))));
  expect(files.size).toBeGreaterThan(0);
  expect([...files].flatMap((file) => mistakes(readLanguages(file)).map((mistake) => `${file}: ${mistake}`))).toEqual(
    [],
  );
});

it.each([
  ["a missing text", { a: "x" }, { a: "x" }, {}, "a: missing in en"],
  ["an empty text", { a: "x" }, { a: " " }, { a: "x" }, "a: empty in sv"],
  [
    "a value that one language does not say",
    { a: "{n} henkeä" },
    { a: "{n} personer" },
    { a: "people" },
    "a: values of en differ from fi",
  ],
  ["another value", { a: "{n}" }, { a: "{m}" }, { a: "{n}" }, "a: values of sv differ from fi"],
  [
    "a value deep in a choice",
    { a: "{k, select, other {{n}}}" },
    { a: "{k, select, other {{n}}}" },
    { a: "{k, select, other {n}}" },
    "a: values of en differ from fi",
  ],
  [
    "an emphasis that one language lacks",
    { a: "<b>x</b>" },
    { a: "<b>x</b>" },
    { a: "x" },
    "a: values of en differ from fi",
  ],
  ["an open brace", { a: "{n" }, { a: "{n}" }, { a: "{n}" }, "a: braces do not close in fi"],
])("sees %s", (_what, fi, sv, en, mistake) => {
  const texts = [fi, sv, en].map((language) => flatten(language));
  expect(mistakes(new Map(LANGUAGES.map((language, index) => [language, texts[index]!])))).toEqual([mistake]);
});

it("lets languages differ in their plural forms and in how they choose them", () => {
  const texts = new Map(
    LANGUAGES.map((language) => [language, flatten({ a: "{n, plural, one {1 of {m}} other {# of {m}}}" })]),
  );
  texts.set("fi", flatten({ a: "{n, plural, other {# / {m}}}" }));
  expect(mistakes(texts)).toEqual([]);
  texts.set("sv", flatten({ a: "{n, select, 2 {två av {m}} other {{n} av {m}}}" }));
  expect(mistakes(texts)).toEqual([]);
});

function readLanguages(file: string): Map<string, Texts> {
  return new Map(
    LANGUAGES.map((language) => {
      const path = join(WORDS, language, file);
      return [language, existsSync(path) ? flatten(JSON.parse(readFileSync(path, "utf8"))) : new Map()];
    }),
  );
}

function mistakes(languages: Map<string, Texts>): string[] {
  const keys = new Set([...languages.values()].flatMap((texts) => [...texts.keys()]));
  return [...keys].sort().flatMap((key) => {
    const found: string[] = [];
    let first: { language: string; values: string } | null = null;
    for (const [language, texts] of languages) {
      const text = texts.get(key);
      if (text === undefined) found.push(`${key}: missing in ${language}`);
      else if (text.trim() === "") found.push(`${key}: empty in ${language}`);
      else {
        const values = valuesOf(text)?.join(" ");
        if (values === undefined) found.push(`${key}: braces do not close in ${language}`);
        else if (first && values !== first.values)
          found.push(`${key}: values of ${language} differ from ${first.language}`);
        else first ??= { language, values };
      }
    }
    return found;
  });
}

function flatten(tree: object, prefix = ""): Texts {
  const texts: Texts = new Map();
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === "string") texts.set(prefix + name, value);
    else for (const [key, text] of flatten(value, `${prefix}${name}.`)) texts.set(key, text);
  }
  return texts;
}

/**
 * The values and tags that an ICU text takes, sorted; null when the braces do not close. Whether a language says a value
 * as it is, by plural forms or by a choice of words is its own business.
 */
function valuesOf(text: string): string[] | null {
  const values = new Set<string>(text.match(/<[a-z]+>/g));
  const source = text.replace(/'[{}][^']*'/g, "");
  let at = 0;
  const message = (): boolean => {
    while (at < source.length && source[at] !== "}") {
      if (source[at++] === "{" && !argument()) return false;
    }
    return true;
  };
  const until = (stop: RegExp): string => {
    const from = at;
    while (at < source.length && !stop.test(source[at]!)) at++;
    return source.slice(from, at).trim();
  };
  const argument = (): boolean => {
    const name = until(/[,{}]/);
    values.add(name);
    if (source[at] === ",") {
      while (at < source.length && source[at] !== "}") {
        until(/[{}]/);
        if (source[at] !== "{") break;
        at++;
        if (!message() || source[at++] !== "}") return false;
      }
    }
    return source[at++] === "}";
  };
  return message() && at === source.length ? [...values].sort() : null;
}
