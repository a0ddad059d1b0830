import { prepareHome, serve } from "./prepared-home.mjs";

/** The prepared home of the samples, shared by all tests and never written by any. Copy it to change it. */
export const sampleHome = (): Promise<string> => prepareHome();

/** Serves a home on a free port with the built pages. */
export const serveHome = (home: string): Promise<{ url: string; stop: () => Promise<void> }> => serve(home);
