import { personAt } from './persons.ts';

/** A piece of a story's text: what was typed, and what the platforms write in markup of their own. */
export type Token =
  | { kind: 'words' | 'topic' | 'emoji' | 'link'; text: string }
  | { kind: 'mention'; name: string }
  | { kind: 'break' };

const markup = /#[^#\s]{1,30}#|@@\d+|\[[^[\]\s]{1,8}\]|https?:\/\/[\w./?=&%~-]+|\n/g;

function readToken(text: string): Token {
  if (text === '\n') return { kind: 'break' };
  if (text.startsWith('@@')) return { kind: 'mention', name: personAt(Number(text.slice(2))).name };
  if (text.startsWith('#')) return { kind: 'topic', text };
  return { kind: text.startsWith('[') ? 'emoji' : 'link', text };
}

export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const addWords = (to: number) => {
    if (to > from) tokens.push({ kind: 'words', text: text.slice(from, to) });
  };
  for (const match of text.matchAll(markup)) {
    addWords(match.index);
    tokens.push(readToken(match[0]));
    from = match.index + match[0].length;
  }
  addWords(text.length);
  return tokens;
}

/** As somebody typed it, names included. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.kind === 'break') return '\n';
      return token.kind === 'mention' ? `@${token.name}` : token.text;
    })
    .join('');
}

/** What must be left of it in the store, in this order; white space, names and addresses aside. */
export function wordsOf(text: string): string[] {
  return readTokens(text).flatMap((token) =>
    token.kind === 'words' || token.kind === 'topic' ? [token.text] : [],
  );
}

/** The names that it mentions: none of them may be left. */
export function namesIn(text: string): string[] {
  return readTokens(text).flatMap((token) => (token.kind === 'mention' ? [token.name] : []));
}
