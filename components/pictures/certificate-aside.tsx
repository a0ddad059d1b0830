import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";

/** How sure the description is: what the verdict was decided by, and what warns, beside the headline. */
export function CertificateAside({ reading }: { reading: Reading }) {
  const { say, view, address } = reading;
  const said = view.said.certificateInShort;
  const { verdict } = view.cells.release.segmentation;
  return (
    <aside className="certificate" aria-labelledby="certificate-heading">
      <h2 id="certificate-heading">{say("pages.certificate.heading")}</h2>
      <p className="certificate-verdict">{say(`pages.certificate.verdicts.${verdict}`)}</p>
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
    </aside>
  );
}
