import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

describe('the password', () => {
  const next = '清风徐来，水波不兴 2027';

  test('is changed with the current one; other sessions end, this one goes on with a new cookie', async () => {
    const login = await office.hire(['reviewer']);
    const [here, elsewhere] = [office.visit(), office.visit()];
    await here.signIn(login, officePassword);
    await elsewhere.signIn(login, officePassword);
    const { cookie: before } = here;
    const request = { currentPassword: officePassword, newPassword: next };
    expect((await here.post('/api/session/password', request)).status).toBe(200);
    expect(here.cookie).not.toBe(before);
    expect((await here.get('/api/session')).status).toBe(200);
    expect((await elsewhere.get('/api/session')).status).toBe(401);
    expect((await office.visit().post('/api/session', { login, password: officePassword })).status).toBe(401);
    await office.visit().signIn(login, next);
  });

  test.each([
    ['short', 'newPassword'],
    ['password12345', 'newPassword'],
    ['1234567890123', 'newPassword'],
    ['aaaaaaaaaaaaaaaa', 'newPassword'],
    ['my-reviewer-1-password', 'newPassword'],
    [officePassword, 'newPassword'],
  ])('%s is refused', async (newPassword, field) => {
    const visitor = await office.visitAs('reviewer');
    const request = { currentPassword: officePassword, newPassword };
    const reply = await visitor.post('/api/session/password', request);
    expect(reply.json).toMatchObject({ status: 400, field });
  });

  test('guessing the current one from an open session locks the account too', async () => {
    const visitor = await office.visitAs('reviewer');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const reply = await visitor.post('/api/session/password', { currentPassword: 'x', newPassword: next });
      expect(reply.json).toMatchObject({ status: 400, field: 'currentPassword' });
    }
    const request = { currentPassword: officePassword, newPassword: next };
    expect((await visitor.post('/api/session/password', request)).status).toBe(400);
  });
});
