import { describe, expect, test } from 'vitest';
import { matchRoute, type Route } from '../../../infra/local/api-routes.ts';

const routes: readonly Route<string>[] = [
  'ANY /api/{proxy+}',
  'GET /api/programs/{program}',
  'GET /api/programs/{program}/requests',
  'POST /api/programs/{program}/requests',
  'GET /api/programs/{program}/requests/{request}',
  'GET /api/programs/{program}/partners.csv',
  'GET /api/programs/{program}/{list}',
  'ANY /api/programs/{program}/notes',
].map((key) => {
  const [method = '', path = ''] = key.split(' ');
  return { method, path, value: key };
});

describe('a call goes to the route', () => {
  test.each([
    ['GET', '/api/programs/ma', 'GET /api/programs/{program}'],
    ['GET', '/api/programs/ma/requests', 'GET /api/programs/{program}/requests'],
    ['POST', '/api/programs/ma/requests', 'POST /api/programs/{program}/requests'],
    ['GET', '/api/programs/ma/partners.csv', 'GET /api/programs/{program}/partners.csv'],
    ['GET', '/api/programs/ma/others', 'GET /api/programs/{program}/{list}'],
    ['GET', '/api/programs/ma/notes', 'GET /api/programs/{program}/{list}'],
    ['PUT', '/api/programs/ma/notes', 'ANY /api/programs/{program}/notes'],
    ['GET', '/api/programs/ma/requests/req_1', 'GET /api/programs/{program}/requests/{request}'],
    ['GET', '/api/programs/ma/requests/req_1/more', 'ANY /api/{proxy+}'],
    ['DELETE', '/api/programs/ma', 'ANY /api/{proxy+}'],
    ['HEAD', '/api/programs/ma', 'ANY /api/{proxy+}'],
    ['GET', '/api/programs/ma/', 'ANY /api/{proxy+}'],
    ['GET', '/api/nowhere', 'ANY /api/{proxy+}'],
  ])('%s %s is %s', (method, path, found) => {
    expect(matchRoute(routes, method, path)).toBe(found);
  });

  test('or to none', () => {
    expect(matchRoute(routes, 'GET', '/api')).toBeUndefined();
    expect(matchRoute(routes, 'GET', '/api/')).toBeUndefined();
    expect(matchRoute(routes, 'GET', '/other/programs')).toBeUndefined();
  });
});
