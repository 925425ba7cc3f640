/** Where a command reads and writes; the process's own unless a test says otherwise. */
export interface Terminal {
  readInput(): Promise<string>;
  /** Data: stdout. */
  print(line: string): void;
  /** Everything else: stderr. */
  say(line: string): void;
}

export const processTerminal: Terminal = {
  readInput: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  },
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
};
