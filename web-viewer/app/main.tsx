import './prepare-zod.ts';
import '../ui/styles.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTranslations } from '../i18n/i18n.ts';
import { App } from './app.tsx';
import { applyTheme, storedTheme } from './theme.ts';

/** Radix adds a style element when it locks scrolling; the policy lets it pass by this nonce only. */
function passNonce(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  if (nonce !== undefined) setNonce(nonce);
}

function getRootElement(): HTMLElement {
  const element = document.querySelector<HTMLElement>('#root');
  if (element === null) throw new Error('index.html has no #root');
  return element;
}

passNonce();
applyTheme(storedTheme());
await startTranslations();
createRoot(getRootElement()).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
