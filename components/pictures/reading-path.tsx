"use client";

import { useEffect, useState } from "react";

/** The blocks of a picture, by their anchors. */
export type BlockId =
  | "groups"
  | "pile-up"
  | "dimensions"
  | "weakest"
  | "drivers"
  | "links"
  | "levels"
  | "services"
  | "actors"
  | "reference"
  | "skills"
  | "where"
  | "changes"
  | "series"
  | "compare"
  | "coverage"
  | "unknown";

/** The way through the picture: a link to each of its blocks, and which of them is being read. */
export function ReadingPath({ blocks, label }: { blocks: { id: BlockId; label: string }[]; label: string }) {
  const [read, setRead] = useState<string | null>(null);
  const ids = blocks.map(({ id }) => id).join(" ");

  useEffect(() => {
    const sections = ids.split(" ").flatMap((id) => document.getElementById(id) ?? []);
    // A block is being read while it crosses a line a third down the window.
    const observer = new IntersectionObserver(
      (entries) => {
        const crossing = entries.find(({ isIntersecting }) => isIntersecting);
        if (crossing) setRead(crossing.target.id);
      },
      { rootMargin: "-33% 0px -66% 0px" },
    );
    for (const section of sections) observer.observe(section);
    return () => observer.disconnect();
  }, [ids]);

  return (
    <nav className="reading-path" aria-label={label}>
      <ol>
        {blocks.map((block) => (
          <li key={block.id}>
            <a href={`#${block.id}`} aria-current={read === block.id ? "location" : undefined}>
              {block.label}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
