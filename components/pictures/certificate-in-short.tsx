import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";

/** How sure the description is: what the verdict was decided by, and what warns, under the headline. */
export function CertificateInShort({ reading }: { reading: Reading }) {
  const { say, view, address } = reading;
  const said = view.said.certificateInShort;
  const { verdict } = view.cells.release.segmentation;
  return (
    <details className={`certificate ${verdict === "segments" || verdict === "level-only" ? "" : "certificate-doubt"}`}>
      <summary>
        <span className="certificate-verdict">{say(`pages.certificate.verdicts.${verdict}`)}</span>{" "}
        <span className="certificate-more">{say("pages.certificate.heading")}</span>
      </summary>
      {said.length > 0 && (
        <ul>
          {said.map((finding) => (
            <li key={finding.id}>
              <Sentence finding={finding} reading={reading} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`${address.path}/method${address.query.release ? `?release=${address.query.release}` : ""}#segments`}>
          {say("pages.certificate.whole")}
        </a>
      </p>
    </details>
  );
}
