"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

/**
 * A page that failed says so in the reader's language; the words were left in the page by its layout. Without a
 * connection it says that instead, and asks again by itself when the connection is back.
 */
export default function Failed({ error }: { error: Error & { digest?: string } }) {
  const [words, setWords] = useState<DOMStringMap>({});
  const isOnline = useSyncExternalStore(
    listen,
    () => navigator.onLine,
    () => true,
  );
  useEffect(() => setWords({ ...document.getElementById("failed-words")?.dataset }), []);
  useEffect(() => {
    window.addEventListener("online", askAgain);
    return () => window.removeEventListener("online", askAgain);
  }, []);
  return (
    <main id="main" className="notice">
      <div role="alert">
        <h1>{isOnline ? words.heading : words.offlineHeading}</h1>
        <p>{isOnline ? words.text : words.offlineText}</p>
        {isOnline && error.digest && (
          <p className="interval">
            {words.code} {error.digest}
          </p>
        )}
      </div>
      <p className="notice-ways">
        <button type="button" className="button" onClick={askAgain}>
          {words.again}
        </button>
        <a href={words.centrePath}>{words.centre}</a>
      </p>
    </main>
  );
}

/** Every page is a request of its own, so asking again is loading it again. */
function askAgain() {
  window.location.reload();
}

function listen(changed: () => void) {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}
