/**
 * Kills at random moments, by seed. Every run tries some of them; `ALL_SEEDS=1 npx vitest run FILE` tries all, which takes many
 * minutes.
 */
export function seedsToTry({ all, usual }: { all: number; usual: number }): number {
  return process.env.ALL_SEEDS === '1' ? all : usual;
}
