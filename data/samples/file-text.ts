import type { Dialect } from "../contracts/codebook.ts";

/** A value as it stands in a file: quoted where it must be, or always. */
export type FileText = string | { quoted: string };

export type DelimitedFile = {
  rows: readonly (readonly FileText[])[];
  dialect: Pick<Dialect, "encoding" | "delimiter" | "quote">;
  lineEnd: string;
  bom: boolean;
};

/** Rows as the bytes of a delimited file. */
export function writeFile({ rows, dialect, lineEnd, bom }: DelimitedFile): Uint8Array {
  const { delimiter, quote } = dialect;
  const quoted = (text: string) => quote + text.replaceAll(quote, quote + quote) + quote;
  const written = (value: FileText) => {
    if (typeof value !== "string") return quoted(value.quoted);
    return [delimiter, quote, "\r", "\n"].some((letter) => value.includes(letter)) ? quoted(value) : value;
  };
  const text = rows.map((row) => row.map(written).join(delimiter) + lineEnd).join("");
  return encode(bom ? `\uFEFF${text}` : text, dialect.encoding);
}

function encode(text: string, encoding: Dialect["encoding"]): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  if (encoding !== "windows-1252") throw new RangeError(`No sample is written in ${encoding}`);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Where windows-1252 is the same as Latin-1; the rest of it no sample needs.
    if (unit > 0xff || (unit >= 0x80 && unit < 0xa0)) throw new RangeError(`Not written in windows-1252: U+${unit}`);
    bytes[index] = unit;
  }
  return bytes;
}
