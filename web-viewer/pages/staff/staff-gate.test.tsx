import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { NotStaff } from './staff-gate.tsx';

const codeOn = (page: ReactElement): string | undefined =>
  /data-testid="error-message" data-code="(\w+)"/.exec(
    renderToStaticMarkup(<MemoryRouter>{page}</MemoryRouter>),
  )?.[1];

describe('a page that somebody may not see', () => {
  it('says to a guest that nobody is logged in', () => {
    expect(codeOn(<NotStaff isLoggedIn={false} />)).toBe('UNAUTHENTICATED');
  });

  it('says to an account without the role that it is forbidden', () => {
    expect(codeOn(<NotStaff isLoggedIn />)).toBe('FORBIDDEN');
  });
});

describe('a page that does not exist', () => {
  it('says what is missing', () => {
    expect(codeOn(<NotFoundPage />)).toBe('NOT_FOUND');
    expect(codeOn(<NotFoundPage code="SHOW_NOT_FOUND" />)).toBe('SHOW_NOT_FOUND');
  });
});
