/**
 * A small assembler of WebAssembly, for the few loops that need two numbers at a time (SIMD): plain JavaScript has no such
 * numbers. Instructions are written as in the WebAssembly text format, one function an instruction, operands inside:
 * `f64.add(a, b)` is `(f64.add a b)`. Source: WebAssembly Core Specification 2.0, §5 Binary Format.
 */
export type Code = readonly number[];
export type ValueType = "i32" | "f64" | "v128";
/** A parameter or local of a function: its value, and the instruction that gives it another. */
export type Local = { get: Code; set: (value: Code) => Code };

/** Declares what a function needs, parameters before locals, and answers its instructions. */
export type FunctionText = {
  name: string;
  result: "i32" | "f64";
  body: (declare: { parameter: () => Local; local: (type: ValueType) => Local }) => readonly Code[];
};

const TYPE_CODE = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
const SIMD = 0xfd;

const two = (code: number) => (left: Code, right: Code) => [...left, ...right, code];
const one = (code: number) => (operand: Code) => [...operand, code];
const load =
  (code: Code, align: number) =>
  (at: Code, offset = 0) => [...at, ...code, align, ...unsigned(offset)];
const store =
  (code: Code, align: number) =>
  (at: Code, value: Code, offset = 0) => [...[...at, ...value], ...[...code, align, ...unsigned(offset)]];
const simd = (code: number) => (left: Code, right: Code) => [...left, ...right, SIMD, ...unsigned(code)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: load([0x28], 2),
  store: store([0x36], 2),
  isZero: one(0x45),
  equal: two(0x46),
  differ: two(0x47),
  less: two(0x48),
  add: two(0x6a),
  sub: two(0x6b),
  mul: two(0x6c),
  both: two(0x71),
};

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load([0x2b], 3),
  store: store([0x39], 3),
  equal: two(0x61),
  less: two(0x63),
  more: two(0x64),
  sqrt: one(0x9f),
  add: two(0xa0),
  sub: two(0xa1),
  mul: two(0xa2),
};

export const f64x2 = {
  load: load([SIMD, 0x00], 4),
  store: store([SIMD, 0x0b], 4),
  splat: (value: Code): Code => [...value, SIMD, 0x14],
  lane: (pair: Code, lane: 0 | 1): Code => [...pair, SIMD, 0x21, lane],
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  min: simd(0xf6),
  max: simd(0xf7),
};

/** `chosen` where the condition is not 0, else `other`; both are worked out. */
export const select = (chosen: Code, other: Code, condition: Code): Code => [...chosen, ...other, ...condition, 0x1b];

/** The body where the condition is not 0. */
export const when = (condition: Code, body: readonly Code[]): Code => [...condition, 0x04, 0x40, ...body.flat(), 0x0b];

/** The body again and again while the condition, asked before it, is not 0. */
export const repeatWhile = (condition: Code, body: readonly Code[]): Code => {
  const again = [...body.flat(), ...condition, 0x0d, 0];
  return when(condition, [[0x03, 0x40, ...again, 0x0b]]);
};

/** A module of functions over one memory, imported as `house.memory`. Parameters are i32. */
export function assemble(functions: readonly FunctionText[]): Uint8Array<ArrayBuffer> {
  const written = functions.map(({ body }) => write(body));
  const signatures = written.map(({ parameters }, index) => [
    0x60,
    ...list(new Array(parameters).fill([TYPE_CODE.i32])),
    ...list([[TYPE_CODE[functions[index]!.result]]]),
  ]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(signatures)),
    ...section(2, list([[...text("house"), ...text("memory"), 0x02, 0x00, 0x01]])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]))),
    ...section(10, list(written.map(({ code }) => sized(code)))),
  ]);
}

function write(body: FunctionText["body"]): { parameters: number; code: Code } {
  const locals: ValueType[] = [];
  let declared = 0;
  const next = (): Local => {
    const index = unsigned(declared++);
    return { get: [0x20, ...index], set: (value) => [...value, 0x21, ...index] };
  };
  const instructions = body({
    parameter: next,
    local: (type) => {
      locals.push(type);
      return next();
    },
  });
  const declarations = list(locals.map((type) => [1, TYPE_CODE[type]]));
  return { parameters: declared - locals.length, code: [...declarations, ...instructions.flat(), 0x0b] };
}

const section = (number: number, content: Code): Code => [number, ...sized(content)];
const sized = (content: Code): Code => [...unsigned(content.length), ...content];
const list = (entries: readonly Code[]): Code => [...unsigned(entries.length), ...entries.flat()];
const text = (name: string): Code => sized([...name].map((letter) => letter.charCodeAt(0)));

/** LEB128 of a whole number ≥ 0. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a 32-bit whole number. */
function signed(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return done ? [low] : [low | 0x80, ...signed(rest)];
}
