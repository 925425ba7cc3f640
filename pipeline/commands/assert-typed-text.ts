import type { Stores } from '../ports/index.ts';
import { assertNoSecrecyMark, type TextToStore } from './assert-no-secrecy-mark.ts';

/** What somebody typed beside a draft is kept like the draft. @throws InvalidInput */
export async function assertTypedText(
  parts: readonly TextToStore[],
  { settings }: Pick<Stores, 'settings'>,
): Promise<void> {
  const { governance } = await settings.read();
  assertNoSecrecyMark(parts, { restrictedSeries: governance?.restrictedSeries ?? [] });
}
