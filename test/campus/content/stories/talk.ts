import type { Remark, When } from './story.ts';

const line = /^( *)(-?[\d.]+h|-?\d+ \d\d:\d\d) (校：)?(.+?)(?:（赞(\d+)）)?$/;

function readWhen(text: string): When {
  return text.endsWith('h') ? Number(text.slice(0, -1)) : (text as When);
}

interface Said {
  depth: number;
  remark: Remark & { replies: Remark[] };
}

function readLine(text: string): Said {
  const [, indent = '', when = '', official, said = '', likes] = line.exec(text) ?? [];
  if (when === '') throw new Error(`no remark: ${text}`);
  return {
    depth: indent.length / 2,
    remark: {
      when: readWhen(when),
      text: said,
      ...(official === undefined ? {} : { official: true as const }),
      ...(likes === undefined ? {} : { likes: Number(likes) }),
      replies: [],
    },
  };
}

/**
 * What was said under a status or an article, a line each: `-9 08:12 text` on a day before, `2.5h text` so many hours before the
 * campus opens. Indented by two, it answers the line above it; `校：` is the school's account; `（赞80）` at the end counts likes.
 */
export function readTalk(talk: string): Remark[] {
  const roots: Remark[] = [];
  const open: Said[] = [];
  for (const text of talk.split('\n').filter((each) => each.trim() !== '')) {
    const said = readLine(text);
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= said.depth) open.pop();
    const answered = open.at(-1);
    (answered === undefined ? roots : answered.remark.replies).push(said.remark);
    open.push(said);
  }
  return roots;
}
