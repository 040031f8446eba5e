import { describe, expect, it } from 'vitest';
import { createId } from '../ids.ts';
import { httpCommands } from './http-commands.ts';
import { chatTextSchema, hubCommands } from './hub-commands.ts';

const all = { ...hubCommands, ...httpCommands };

describe('the tables of commands', () => {
  it('name each command noun:verb, with a summary that is a sentence', () => {
    for (const [name, { summary }] of Object.entries(all)) {
      expect(name).toMatch(/^[a-z-]+:[a-z-]+$/);
      expect(summary).toMatch(/^[A-Z].*\.$/);
    }
    expect(Object.keys(all)).toHaveLength(Object.keys(hubCommands).length + Object.keys(httpCommands).length);
  });

  it('give each route to one command', () => {
    const routes = Object.values(httpCommands).map(
      ({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`,
    );
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('have a payload with the show wherever the roles are those at a show', () => {
    const showId = createId('show');
    for (const [name, spec] of Object.entries(hubCommands)) {
      if (spec.scope !== 'show') continue;
      const parsed = spec.payload.safeParse({ showId: 'none' });
      const paths = parsed.error?.issues.map(({ path }) => path[0]);
      expect(paths, name).toContain('showId');
    }
    expect(hubCommands['show:join'].payload.safeParse({ showId }).success).toBe(true);
  });

  it('name every path parameter in the schema of the parameters', () => {
    for (const [name, spec] of Object.entries(httpCommands)) {
      const named = [...spec.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
      const params = 'params' in spec ? Object.keys(spec.params.shape) : [];
      expect(params.sort(), name).toEqual(named.sort());
    }
  });
});

describe('chat text', () => {
  it('is trimmed, and control characters become spaces', () => {
    expect(chatTextSchema.parse('  a\u0000\nb  ')).toBe('a b');
  });

  it('is measured in code points', () => {
    expect(chatTextSchema.safeParse('😀'.repeat(500)).success).toBe(true);
    for (const text of ['😀'.repeat(501), 'x'.repeat(501), '   ', '']) {
      expect(chatTextSchema.safeParse(text).success).toBe(false);
    }
  });
});
