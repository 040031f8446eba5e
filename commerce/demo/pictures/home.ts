import { type Drawing, gradient } from './frame.ts';

export const lamp: Drawing = {
  backdrop: { top: '#2b2d52', bottom: '#5a4a6e', glow: '#f6c27a' },
  shadowWidth: 200,
  defs:
    gradient('shade', '#fff1cf', '#f2b25c') +
    gradient('brass', '#f3d9a0', '#a87636', true) +
    '<linearGradient id="cone" x1="0" y1="0" x2="0" y2="1"><stop stop-color="#ffe9b8" stop-opacity=".75"/><stop offset="1" stop-color="#ffe9b8" stop-opacity="0"/></linearGradient>',
  body: `
    <path d="M250 392h300l104 280H146z" fill="url(#cone)"/>
    <rect x="388" y="380" width="24" height="262" rx="12" fill="url(#brass)"/>
    <ellipse cx="400" cy="656" rx="128" ry="26" fill="#8a5d28"/>
    <ellipse cx="400" cy="648" rx="128" ry="26" fill="url(#brass)"/>
    <path d="M232 392c6-128 76-206 168-206s162 78 168 206c-40 20-296 20-336 0z" fill="url(#shade)"/>
    <path d="M276 372c8-92 52-150 102-162-34 36-54 92-56 170z" fill="#fff" opacity=".4"/>
    <ellipse cx="400" cy="392" rx="168" ry="16" fill="#fff7e2"/>
    <circle cx="400" cy="182" r="15" fill="url(#brass)"/>`,
};

export const mug: Drawing = {
  backdrop: { top: '#f7e7dc', bottom: '#e3b99f', glow: '#fffaf5' },
  shadowWidth: 230,
  defs: gradient('glaze', '#4f8f8b', '#23504f', true) + gradient('clay', '#e9cdb5', '#c79a78'),
  body: `
    <path d="M330 196c-22-34 22-52 0-88M400 206c-26-40 26-62 0-104M470 196c-22-34 22-52 0-88" fill="none" stroke="#fff" stroke-width="11" stroke-linecap="round" opacity=".75"/>
    <path d="M544 340c96-14 128 32 120 96-8 68-66 104-138 96" fill="none" stroke="#2c605e" stroke-width="40" stroke-linecap="round"/>
    <path d="M232 262h336l-18 342c-3 46-36 70-80 70H330c-44 0-77-24-80-70z" fill="url(#glaze)"/>
    <path d="M243 520c92 26 222 26 314 0l-8 96c-6 38-38 58-79 58H330c-41 0-73-20-79-58z" fill="url(#clay)"/>
    <path d="M242 518c24-18 52 14 80-6s52 16 80-2 52 16 80-2 50 12 76-6v26c-92 26-222 26-314 0z" fill="#23504f" opacity=".55"/>
    <ellipse cx="400" cy="262" rx="168" ry="34" fill="#2a5a58"/>
    <ellipse cx="400" cy="266" rx="146" ry="25" fill="#3a2318"/>
    <ellipse cx="378" cy="262" rx="78" ry="10" fill="#6b4430"/>
    <path d="M270 320c4 90 10 130 18 178" fill="none" stroke="#fff" stroke-width="17" stroke-linecap="round" opacity=".28"/>`,
};

export const candle: Drawing = {
  backdrop: { top: '#3b2740', bottom: '#8b4f5d', glow: '#ffb37c' },
  shadowWidth: 210,
  defs:
    gradient('wax', '#fff5e6', '#f0cfae') +
    gradient('glass', '#ffffff', '#e7b9a4', true) +
    '<radialGradient id="flame" cx=".5" cy=".7" r=".7"><stop stop-color="#fffbe0"/><stop offset=".5" stop-color="#ffc94d"/><stop offset="1" stop-color="#ff7a2f"/></radialGradient>',
  body: `
    <rect x="262" y="330" width="276" height="342" rx="36" fill="url(#glass)" opacity=".32"/>
    <path d="M278 420h244v216c0 16-12 26-28 26H306c-16 0-28-10-28-26z" fill="url(#wax)"/>
    <ellipse cx="400" cy="420" rx="122" ry="22" fill="#fffaf0"/>
    <ellipse cx="400" cy="424" rx="54" ry="10" fill="#ffdf9e"/>
    <path d="M400 422v-44" stroke="#3b2b2b" stroke-width="7" stroke-linecap="round"/>
    <path d="M400 240c46 62 44 92 36 116-6 20-20 30-36 30s-30-10-36-30c-8-24-10-54 36-116z" fill="url(#flame)"/>
    <rect x="310" y="492" width="180" height="112" rx="10" fill="#fffdf8"/>
    <path d="M400 514c-20 22-22 38 0 58 22-20 20-36 0-58z" fill="#a65c62"/>
    <path d="M344 586h112" stroke="#a65c62" stroke-width="5" stroke-linecap="round"/>
    <rect x="262" y="330" width="276" height="342" rx="36" fill="none" stroke="#fff" stroke-width="6" opacity=".55"/>
    <path d="M288 372v250" stroke="#fff" stroke-width="12" stroke-linecap="round" opacity=".5"/>`,
};

export const notebook: Drawing = {
  backdrop: { top: '#e6ecf8', bottom: '#a9bddf', glow: '#ffffff' },
  shadowWidth: 240,
  defs: gradient('cover', '#39528f', '#1d2b57', true),
  body: `
    <g transform="rotate(-7 400 400)">
      <path d="M430 640v78l17-18 17 18v-78z" fill="#e2604f"/>
      <rect x="246" y="150" width="330" height="496" rx="18" fill="#dfe4ee"/>
      <path d="M252 622h318M252 632h318" stroke="#b8c2d4" stroke-width="3"/>
      <rect x="232" y="136" width="330" height="496" rx="20" fill="url(#cover)"/>
      <path d="M252 136h20v496h-20c-11 0-20-9-20-20V156c0-11 9-20 20-20z" fill="#000" opacity=".22"/>
      <rect x="512" y="136" width="17" height="496" fill="#e2b04f"/>
      <rect x="318" y="236" width="150" height="92" rx="8" fill="#f4f6fb"/>
      <path d="M340 268h106M340 294h68" stroke="#39528f" stroke-width="7" stroke-linecap="round"/>
      <path d="M292 160h190" stroke="#fff" stroke-width="8" stroke-linecap="round" opacity=".2"/>
    </g>
    <g transform="rotate(32 620 470)">
      <rect x="604" y="250" width="32" height="330" rx="8" fill="#e2b04f"/>
      <rect x="604" y="250" width="32" height="44" rx="8" fill="#e2604f"/>
      <path d="M604 580h32l-16 52z" fill="#f5dfc0"/>
      <path d="M613 610h14l-7 22z" fill="#2b2b35"/>
      <path d="M612 300v272" stroke="#fff" stroke-width="5" opacity=".45"/>
    </g>`,
};

/** A mug and a candle next to each other. */
export const eveningSet: Drawing = {
  backdrop: { top: '#f3e3e0', bottom: '#c98f7f', glow: '#fff3e6' },
  shadowWidth: 300,
  defs: mug.defs + candle.defs,
  body: `
    <g transform="translate(10 230) scale(.66)">${mug.body}</g>
    <g transform="translate(290 170) scale(.75)">${candle.body}</g>`,
};
