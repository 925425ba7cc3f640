import { expect, it } from 'vitest';
import { checkPictureText } from './doctor-pictures.ts';

it('says whether the text in pictures is read', () => {
  expect(checkPictureText({ pictureText: true })).toMatchObject({
    mark: 'ok',
    says: expect.stringContaining('Chinese'),
  });
  expect(checkPictureText({ pictureText: false }).mark).toBe('ok');
  expect(checkPictureText({ pictureText: true }, () => null)).toMatchObject({ mark: 'warn' });
});
