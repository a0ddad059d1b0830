import type { Portrait } from "../../server/findings/portrait.ts";
import type { QuestionRow } from "../../server/findings/portrait-rows.ts";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { ComparedLists, ComparedTable, type RowList } from "./compared-rows.tsx";
import { Part } from "./part.tsx";

/** What they answered, in the instrument's own words: the questions in which they differ most surely from all others. */
export function Questions({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, language } = reading;
  const { above, below, more } = portrait.questions;
  const row = (question: QuestionRow) => ({
    id: question.measure.id,
    label: question.measure.name[language],
    cell: question.cell,
    everyone: question.everyone,
    note: <Note question={question} reading={reading} />,
  });
  const lists: RowList[] = [
    { heading: say("portrait.questions.above"), look: "above", rows: above.map(row) },
    { heading: say("portrait.questions.below"), look: "below", rows: below.map(row) },
  ];
  const any = above.length + below.length > 0;
  return (
    <Part
      id="questions"
      question={say("portrait.questions.question")}
      heading={<Sentence finding={portrait.said.questions} reading={reading} />}
      sentence={any && say("portrait.questions.sentence", { turned: say("portrait.questions.turned") })}
      method="comparisons"
      group={portrait.group}
      reading={reading}
      table={
        any && (
          <ComparedTable
            caption={say("portrait.questions.caption")}
            head={say("portrait.questions.column")}
            lists={lists}
            reading={reading}
          />
        )
      }
    >
      {any && (
        <>
          <ComparedLists lists={lists} reading={reading} />
          <p className="note">{say("portrait.questions.more", { count: more })}</p>
        </>
      )}
    </Part>
  );
}

/** That higher scores are better though the question was asked the other way round; and euros, where there are any. */
function Note({ question, reading }: { question: QuestionRow; reading: Reading }) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <>
      {question.measure.direction === "-" && (
        <span className="question-turned"> ({say("portrait.questions.turned")})</span>
      )}
      {question.median && (
        <span className="question-median">
          {say("portrait.questions.median")} <Printed cell={question.median} {...print} />{" "}
          <span className="interval">
            <Printed cell={question.median} part="interval" {...print} />
          </span>
          , {say("portrait.everyone")} <Printed cell={question.medianOfEveryone} {...print} />
        </span>
      )}
    </>
  );
}
