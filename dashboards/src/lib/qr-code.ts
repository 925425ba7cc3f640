import { renderSVG } from 'uqr';

/** A picture for an `img`, drawn here: the text goes to nobody. */
export function qrPicture(text: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(text, { border: 2 }))}`;
}
