import type { Response } from 'express';

/** A file as an answer. Its kind is what its bytes are, never what somebody called it. */
export interface FileAnswer {
  bytes: Uint8Array;
  mime: string;
  name: string;
  /** `shown`: in our own pages, running nothing; otherwise it is saved. */
  as: 'shown' | 'saved';
}

const isText = /^(?:text\/|application\/json$)/;

/** Whatever a file says of itself, a browser takes it for nothing else, and runs nothing in it. */
export function sendFile(response: Response, { bytes, mime, name, as }: FileAnswer): void {
  const disposition = as === 'shown' ? 'inline' : 'attachment';
  const ascii = name.replace(/[^\w.-]/g, '_');
  // A derived page brings its looks along; pictures of it are ours.
  const looks = mime.startsWith('text/html') ? "; style-src 'unsafe-inline'; img-src 'self'" : '';
  response.set({
    'Content-Type': isText.test(mime) ? `${mime}; charset=utf-8` : mime,
    'Content-Disposition': `${disposition}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
    'Content-Security-Policy': `sandbox; default-src 'none'; frame-ancestors 'self'${looks}`,
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  response.status(200).end(Buffer.from(bytes));
}
