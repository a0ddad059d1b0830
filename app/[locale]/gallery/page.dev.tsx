import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The golden gallery, in development alone (next.config.js): every chart in every state, as the file that people open
 * and the test of the charts compares with. tests/charts/gallery.test.ts draws them anew.
 */
const GOLDENS = join(process.cwd(), "tests/charts/goldens");

export default function Gallery() {
  const charts = readdirSync(GOLDENS).sort();
  return (
    <main className="centre" lang="en">
      <h1>Golden gallery</h1>
      <p className="lead">
        Every chart in every state, made of made-up releases. These are the files in tests/charts/goldens: a chart that
        looks different fails the test until they are renewed on purpose.
      </p>
      <ul className="facts">
        {charts.map((chart) => (
          <li key={chart}>
            <a href={`#${chart}`}>{chart}</a>
          </li>
        ))}
      </ul>
      {charts.map((chart) => (
        <section key={chart} id={chart} className="picture-section">
          <h2>{chart}</h2>
          {readdirSync(join(GOLDENS, chart))
            .sort()
            .map((file) => (
              <figure key={file} id={`${chart}-${file.replace(".svg", "")}`}>
                <figcaption>
                  {chart}/{file}
                </figcaption>
                <img
                  src={`data:image/svg+xml;base64,${readFileSync(join(GOLDENS, chart, file)).toString("base64")}`}
                  alt={`${chart}, ${file.replace(".svg", "")}`}
                />
              </figure>
            ))}
        </section>
      ))}
    </main>
  );
}
