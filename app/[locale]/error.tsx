"use client";

import { useEffect, useState } from "react";

/** A page that failed says so in the reader's language; the words were left in the page by its layout. */
export default function Failed({ reset }: { reset: () => void }) {
  const [words, setWords] = useState<DOMStringMap>({});
  useEffect(() => setWords({ ...document.getElementById("failed-words")?.dataset }), []);
  return (
    <main id="main" className="notice">
      <h1>{words.heading}</h1>
      <p>{words.text}</p>
      <button type="button" className="button" onClick={reset}>
        {words.again}
      </button>
    </main>
  );
}
