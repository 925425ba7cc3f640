import nodejieba from 'nodejieba';

let isLoaded = false;

/** Key words as the segmenter's vendor picks them, with its own weights, which the product leaves out to save memory. */
export function extractByJieba(text: string, most: number): string[] {
  if (!isLoaded) nodejieba.load();
  isLoaded = true;
  return nodejieba.extract(text, most).map(({ word }) => word.toLowerCase());
}
