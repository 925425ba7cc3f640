const longest = 120;
const sentenceEnd = /[。！？；\n!?;]/;
const pause = /[，、：,:\t ]/;

export interface Sentence {
  start: number;
  text: string;
}

/** Where the piece from `start` on ends: after a full stop, else after a pause, else anywhere. */
function endOf(text: string, start: number): number {
  const furthest = Math.min(text.length, start + longest);
  let paused = -1;
  for (let at = start; at < furthest; at += 1) {
    const sign = text.charAt(at);
    if (sentenceEnd.test(sign)) return at + 1;
    if (pause.test(sign)) paused = at + 1;
  }
  return furthest === text.length || paused <= start ? furthest : paused;
}

/** In pieces that can be read at once. */
export function cutSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOf(text, start);
    sentences.push({ start, text: text.slice(start, end) });
    start = end;
  }
  return sentences;
}
