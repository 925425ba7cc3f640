import { expect, it } from 'vitest';
import { Role } from '../role.ts';
import { findRole, roleName } from './role-names.ts';

it('who manages accounts has one name; the former one is still read', () => {
  expect(roleName('account-admin')).toBe('安全管理员');
  expect(findRole('账号管理员')).toBe('account-admin');
});

it('every name that the template gives is read back', () => {
  for (const role of Role.options) expect(findRole(roleName(role))).toBe(role);
});
