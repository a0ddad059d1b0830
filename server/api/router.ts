import { around } from "./picture/around.ts";
import { cells } from "./picture/cells.ts";
import { router } from "./trpc.ts";

/** Everything the islands may ask. Queries only: nothing is changed through here. */
export const appRouter = router({ picture: router({ around, cells }) });
export type AppRouter = typeof appRouter;
