import { isAscii, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import type { Dialect } from "../../../data/contracts/codebook.ts";

/**
 * Finds the records of a delimited text file without reading what they say: where each begins and ends, how many
 * fields it has, whether its bytes decode. Good records go, in UTF-8 and with their line number in front, to a clean
 * file that DuckDB reads with a pinned dialect; the others are counted and named by line.
 *
 * A record that is not whole (ragged, open quote, text after a closing quote, bytes that do not decode, NUL, over
 * 1 MiB) costs its first line only: reading goes on at the next line, so an open quote does not swallow good rows.
 * Therefore rows read = rows loaded + rows rejected, and every rejected row is a line of the file.
 */
export type RejectReason = "ragged" | "open-quote" | "undecodable" | "nul" | "too-long";
export type RejectedRow = { line: number; reason: RejectReason };
export type Scan = {
  fileHash: string;
  bytes: number;
  header: string[] | null;
  headerProblem: RejectReason | null;
  /** Data rows: loaded + rejected. The header and skipped lines are not rows, nor are empty lines. */
  good: number;
  rejected: number;
  /** The first rejected rows, at most 100. */
  rejects: RejectedRow[];
  /** How many for each reason, all of them. */
  reasons: Partial<Record<RejectReason, number>>;
  byteOrderMark: boolean;
  /** The codebook says a one-byte encoding, but the bytes above 127 are UTF-8. */
  looksLikeUtf8: boolean;
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const LONGEST_RECORD = 1 << 20;
const CHUNK = 8 << 20;
const NAMED_REJECTS = 100;
/**
 * What windows-1252 puts at 0x80–0x9F. Spelled out: Node 20's own decoder of that name reads them as latin-1 controls,
 * and a euro sign is lost.
 */
const HIGH_1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
/** Bytes that windows-1252 leaves undefined. */
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

export function scanRecords(
  path: string,
  dialect: Dialect,
  clean: string,
  columnsOfCodebook: number,
  chunk = CHUNK,
): Scan {
  const scan: Scan = {
    fileHash: "",
    bytes: statSync(path).size,
    header: null,
    headerProblem: null,
    good: 0,
    rejected: 0,
    rejects: [],
    reasons: {},
    byteOrderMark: false,
    looksLikeUtf8: false,
  };
  const hash = createHash("sha256");
  const output = new CleanFile(clean);
  const source = openSync(path, "r");
  try {
    const framer = new Framer(dialect, scan, output, columnsOfCodebook);
    const read = Buffer.allocUnsafe(chunk);
    const wide = dialect.encoding === "utf-16" ? new WideDecoder() : null;
    for (;;) {
      const length = readSync(source, read, 0, chunk, null);
      if (length === 0) break;
      const bytes = read.subarray(0, length);
      hash.update(bytes);
      framer.take(wide ? wide.decode(bytes) : Buffer.from(bytes));
    }
    if (wide) framer.take(wide.end());
    framer.end();
    scan.fileHash = hash.digest("hex");
  } finally {
    closeSync(source);
    output.close();
  }
  return scan;
}

/** UTF-16 by its byte order mark (little-endian without one) to UTF-8; what does not decode becomes U+FFFD. */
class WideDecoder {
  private decoder: TextDecoder | null = null;
  decode(bytes: Uint8Array): Buffer {
    this.decoder ??= new TextDecoder(bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-16le");
    return Buffer.from(this.decoder.decode(bytes, { stream: true }), "utf8");
  }
  end(): Buffer {
    return Buffer.from(this.decoder?.decode() ?? "", "utf8");
  }
}

/** Appends to a file through a large buffer. */
class CleanFile {
  private readonly file: number;
  private readonly buffer = Buffer.allocUnsafe(CHUNK);
  private used = 0;
  constructor(path: string) {
    this.file = openSync(path, "w", 0o600);
  }
  room(length: number): { buffer: Buffer; at: number } {
    if (this.used + length > this.buffer.length) this.flush();
    return { buffer: this.buffer, at: this.used };
  }
  advance(length: number): void {
    this.used += length;
  }
  private flush(): void {
    for (let written = 0; written < this.used; )
      written += writeSync(this.file, this.buffer, written, this.used - written);
    this.used = 0;
  }
  close(): void {
    this.flush();
    closeSync(this.file);
  }
}

/** What one record looks like; `end` is where the next one starts. */
type FramedRecord = {
  contentEnd: number;
  end: number;
  fields: number;
  problem: RejectReason | null;
  quotedInside: boolean;
};

class Framer {
  private pending: Buffer = Buffer.alloc(0);
  private position = 0;
  private line = 1;
  private skip: number;
  private expected = 0;
  private atStart = true;
  /** Inside a line that was rejected before its end came. */
  private passing = false;
  private sawHigh = false;
  private highIsUtf8 = true;
  private readonly delimiter: number;
  private readonly quote: number;
  private readonly decoder: TextDecoder;
  private readonly utf8: boolean;

  constructor(
    private readonly dialect: Dialect,
    private readonly scan: Scan,
    private readonly output: CleanFile,
    columnsOfCodebook: number,
  ) {
    this.skip = dialect.skipLines;
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.quote = dialect.quote.charCodeAt(0);
    this.utf8 = dialect.encoding === "utf-8" || dialect.encoding === "utf-16";
    this.decoder = new TextDecoder(this.utf8 ? "utf-8" : dialect.encoding, { fatal: true, ignoreBOM: true });
    if (!dialect.header) this.expected = columnsOfCodebook;
  }

  take(bytes: Buffer): void {
    this.pending =
      this.position < this.pending.length ? Buffer.concat([this.pending.subarray(this.position), bytes]) : bytes;
    this.position = 0;
    if (this.atStart && this.pending.length >= 3) this.dropByteOrderMark();
    this.frame(false);
  }

  end(): void {
    if (this.atStart) this.dropByteOrderMark();
    this.frame(true);
    this.scan.looksLikeUtf8 = !this.utf8 && this.sawHigh && this.highIsUtf8;
  }

  private dropByteOrderMark(): void {
    this.atStart = false;
    const b = this.pending;
    if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) {
      this.scan.byteOrderMark = true;
      this.position = 3;
    }
  }

  private frame(last: boolean): void {
    const bytes = this.pending;
    while (this.position < bytes.length) {
      const start = this.position;
      if (this.passing) {
        const end = this.lineEnd(start, last);
        this.position = end < 0 ? bytes.length : end;
        this.passing = end < 0;
        if (!this.passing) this.line++;
        continue;
      }
      if (this.skip > 0) {
        const end = this.lineEnd(start, last);
        if (end < 0) return;
        this.skip--;
        this.line++;
        this.position = end;
        continue;
      }
      const record = this.record(start, last);
      if (record === null) return;
      if (record.contentEnd === start) {
        this.line += record.end > start ? 1 : 0;
        this.position = record.end;
        continue;
      }
      this.accept(start, record, last);
    }
  }

  private accept(start: number, record: FramedRecord, last: boolean): void {
    const bytes = this.pending;
    const isHeader = this.dialect.header && this.scan.header === null && this.scan.headerProblem === null;
    let problem = record.problem ?? this.undecodable(bytes, start, record.contentEnd);
    if (!problem && !isHeader && record.fields !== this.expected) problem = "ragged";
    if (isHeader) {
      this.scan.headerProblem = problem;
      if (!problem) {
        this.scan.header = splitFields(this.text(start, record.contentEnd), this.dialect);
        this.expected = this.scan.header.length;
      }
    } else if (problem) {
      this.scan.rejected++;
      this.scan.reasons[problem] = (this.scan.reasons[problem] ?? 0) + 1;
      if (this.scan.rejects.length < NAMED_REJECTS) this.scan.rejects.push({ line: this.line, reason: problem });
    } else {
      this.scan.good++;
      this.write(start, record);
    }
    // A record that is not whole costs one line; a whole one ends where it ends.
    const end = problem && !isHeader ? this.lineEnd(start, last) : record.end;
    this.line += countLines(bytes, start, end < 0 ? bytes.length : end);
    this.position = end < 0 ? bytes.length : end;
    this.passing = end < 0 && !last;
  }

  /** The next record from `start`, or null when more bytes are needed to know. */
  private record(start: number, last: boolean): FramedRecord | null {
    const bytes = this.pending;
    const { delimiter, quote } = this;
    const stop = Math.min(bytes.length, start + LONGEST_RECORD + 1);
    let fields = 1;
    let quotedInside = false;
    let nul = false;
    let i = start;
    let fieldStart = true;
    while (i < stop) {
      const byte = bytes[i] as number;
      if (byte === quote && fieldStart) {
        i = this.closingQuote(i + 1, stop);
        if (i < 0) {
          if (stop === bytes.length && !last && stop - start <= LONGEST_RECORD) return null;
          return this.broken(start, last, "open-quote");
        }
        i++;
        if (i >= bytes.length && !last) return null;
        const next = bytes[i];
        fieldStart = false;
        if (i >= bytes.length || next === delimiter || next === LINE_FEED || next === CARRIAGE_RETURN) continue;
        return this.broken(start, last, "open-quote");
      }
      fieldStart = false;
      if (byte === delimiter) {
        fields++;
        fieldStart = true;
        // Said at once: a file that opens quotes on every line would otherwise be read through again for each.
        if (this.expected > 0 && fields > this.expected) return this.broken(start, last, "ragged");
      } else if (byte === LINE_FEED) {
        return { contentEnd: i, end: i + 1, fields, problem: nul ? "nul" : null, quotedInside };
      } else if (byte === CARRIAGE_RETURN) {
        if (i + 1 >= bytes.length && !last) return null;
        const end = bytes[i + 1] === LINE_FEED ? i + 2 : i + 1;
        return { contentEnd: i, end, fields, problem: nul ? "nul" : null, quotedInside };
      } else if (byte === quote) {
        quotedInside = true;
      } else if (byte === 0) {
        nul = true;
      }
      i++;
    }
    if (i - start > LONGEST_RECORD) return this.broken(start, last, "too-long");
    if (!last) return null;
    return { contentEnd: i, end: i, fields, problem: nul ? "nul" : null, quotedInside };
  }

  /** Index of the quote that closes a quoted field; a doubled quote is a quote. −1 when there is none. */
  private closingQuote(from: number, stop: number): number {
    const bytes = this.pending;
    let i = from;
    for (;;) {
      i = bytes.indexOf(this.quote, i);
      if (i < 0 || i >= stop) return -1;
      if (bytes[i + 1] !== this.quote) return i;
      i += 2;
    }
  }

  private broken(start: number, last: boolean, problem: RejectReason): FramedRecord | null {
    const end = this.lineEnd(start, last);
    if (end < 0 && !last && this.pending.length - start <= 2 * LONGEST_RECORD) return null;
    const stop = end < 0 ? this.pending.length : end;
    return { contentEnd: stop, end: stop, fields: 0, problem, quotedInside: false };
  }

  /** Where the line after `start` begins; the end of the bytes on the last piece; −1 when not there yet. */
  private lineEnd(start: number, last: boolean): number {
    const bytes = this.pending;
    for (let i = start; i < bytes.length; i++) {
      if (bytes[i] === LINE_FEED) return i + 1;
      if (bytes[i] === CARRIAGE_RETURN) {
        if (i + 1 < bytes.length) return bytes[i + 1] === LINE_FEED ? i + 2 : i + 1;
        if (!last) return -1;
      }
    }
    return last ? bytes.length : -1;
  }

  private undecodable(bytes: Buffer, start: number, end: number): RejectReason | null {
    const content = bytes.subarray(start, end);
    if (isAscii(content)) return null;
    const valid = isUtf8(content);
    this.sawHigh = true;
    this.highIsUtf8 &&= valid;
    if (this.utf8 && !valid) return "undecodable";
    if (this.dialect.encoding === "utf-16") return content.includes("\uFFFD") ? "undecodable" : null;
    return this.dialect.encoding === "windows-1252" && content.some((byte) => UNDEFINED_1252.has(byte))
      ? "undecodable"
      : null;
  }

  private text(start: number, end: number): string {
    const bytes = this.pending.subarray(start, end);
    if (this.dialect.encoding !== "windows-1252") return this.decoder.decode(bytes);
    return bytes
      .toString("latin1")
      .replace(/[\u0080-\u009f]/g, (control) => HIGH_1252[control.charCodeAt(0) - 0x80] as string);
  }

  private write(start: number, record: FramedRecord): void {
    const prefix = `${this.line}${this.dialect.delimiter}`;
    if (this.utf8 && !record.quotedInside) {
      const length = record.contentEnd - start;
      const { buffer, at } = this.output.room(length + prefix.length + 1);
      let used = at + buffer.write(prefix, at, "latin1");
      used += this.pending.copy(buffer, used, start, record.contentEnd);
      buffer[used] = LINE_FEED;
      this.output.advance(used + 1 - at);
      return;
    }
    let text = this.text(start, record.contentEnd);
    if (record.quotedInside)
      text = splitFields(text, this.dialect)
        .map((field) => quoted(field, this.dialect))
        .join(this.dialect.delimiter);
    const line = Buffer.from(`${prefix}${text}\n`, "utf8");
    const { buffer, at } = this.output.room(line.length);
    line.copy(buffer, at);
    this.output.advance(line.length);
  }
}

function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[i + 1] !== LINE_FEED)) lines++;
  }
  return lines;
}

/** The fields of one whole record: quotes taken off, doubled quotes single. For headers and the rare odd record. */
export function splitFields(text: string, dialect: Pick<Dialect, "delimiter" | "quote">): string[] {
  const { delimiter, quote } = dialect;
  const fields: string[] = [];
  let i = 0;
  for (;;) {
    let field = "";
    if (text[i] === quote) {
      i++;
      for (; i < text.length; i++) {
        if (text[i] !== quote) field += text[i];
        else if (text[i + 1] === quote) {
          field += quote;
          i++;
        } else break;
      }
      i++;
    } else {
      const next = text.indexOf(delimiter, i);
      field = text.slice(i, next < 0 ? text.length : next);
      i += field.length;
    }
    fields.push(field);
    if (i >= text.length) return fields;
    i++; // the delimiter
    if (i === text.length) return [...fields, ""];
  }
}

function quoted(field: string, dialect: Dialect): string {
  return `${dialect.quote}${field.replaceAll(dialect.quote, dialect.quote + dialect.quote)}${dialect.quote}`;
}
