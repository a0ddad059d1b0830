/** What the tests use of jsonstat-toolkit, which comes without types. */
declare module "jsonstat-toolkit" {
  export type Dataset = {
    class: string;
    length: number;
    id: string[];
    role: Record<string, string[]>;
    Data(place: Record<string, string>): { value: number | null; status: string | null } | null;
    Dimension(id: string): { Category(code: string): { label: string } | null } | null;
  };
  export default function readJsonStat(document: unknown): Dataset;
}
