import { type Drawing, gradient } from './frame.ts';

export const backpack: Drawing = {
  backdrop: { top: '#fdf0cf', bottom: '#eaa64b', glow: '#fffdf2' },
  shadowWidth: 240,
  defs:
    gradient('canvas', '#46618c', '#22324f', true) +
    gradient('pocket', '#557299', '#2c4064') +
    gradient('leather', '#c98850', '#8a5226'),
  body: `
    <path d="M344 150c0-70 112-70 112 0" fill="none" stroke="url(#leather)" stroke-width="22"/>
    <path d="M236 320c-58 10-82 70-78 150l6 120h60z" fill="#1b2840"/>
    <path d="M564 320c58 10 82 70 78 150l-6 120h-60z" fill="#1b2840"/>
    <path d="M400 130c118 0 182 74 182 190v286c0 42-26 66-68 66H286c-42 0-68-24-68-66V320c0-116 64-190 182-190z" fill="url(#canvas)"/>
    <path d="M218 330c20-120 88-186 182-186s162 66 182 186c-20 40-90 62-182 62s-162-22-182-62z" fill="#38517a"/>
    <path d="M222 344c24 36 92 54 178 54s154-18 178-54" fill="none" stroke="#8fa6c9" stroke-width="4" stroke-dasharray="12 9"/>
    <rect x="268" y="452" width="264" height="186" rx="34" fill="url(#pocket)"/>
    <path d="M292 500h216" stroke="#f1d9a8" stroke-width="8" stroke-linecap="round"/>
    <rect x="494" y="492" width="34" height="17" rx="8" fill="url(#leather)"/>
    <rect x="296" y="330" width="30" height="112" rx="9" fill="url(#leather)"/>
    <rect x="474" y="330" width="30" height="112" rx="9" fill="url(#leather)"/>
    <rect x="288" y="396" width="46" height="32" rx="7" fill="#f1d9a8"/><rect x="297" y="404" width="28" height="16" rx="4" fill="#8a5226"/>
    <rect x="466" y="396" width="46" height="32" rx="7" fill="#f1d9a8"/><rect x="475" y="404" width="28" height="16" rx="4" fill="#8a5226"/>
    <rect x="362" y="548" width="76" height="46" rx="8" fill="url(#leather)"/>
    <path d="M378 582l22-24 22 24z" fill="#f1d9a8"/>
    <path d="M240 300c14-66 44-104 84-124" fill="none" stroke="#fff" stroke-width="12" stroke-linecap="round" opacity=".25"/>`,
};

export const headphones: Drawing = {
  backdrop: { top: '#e9e1fb', bottom: '#9f86d9', glow: '#fffdff' },
  shadowWidth: 230,
  defs:
    gradient('band', '#4a4463', '#1f1b30', true) +
    gradient('cup', '#5a5378', '#272239', true) +
    gradient('pad', '#d7a58b', '#a86f56'),
  body: `
    <path d="M196 470V400c0-132 86-222 204-222s204 90 204 222v70" fill="none" stroke="url(#band)" stroke-width="40" stroke-linecap="round"/>
    <path d="M262 268c34-46 82-70 138-70s104 24 138 70" fill="none" stroke="#d7a58b" stroke-width="18" stroke-linecap="round"/>
    <rect x="182" y="396" width="28" height="86" rx="12" fill="#cfc9e2"/>
    <rect x="590" y="396" width="28" height="86" rx="12" fill="#cfc9e2"/>
    <rect x="232" y="430" width="66" height="220" rx="33" fill="url(#pad)"/>
    <rect x="502" y="430" width="66" height="220" rx="33" fill="url(#pad)"/>
    <rect x="148" y="426" width="108" height="228" rx="50" fill="url(#cup)"/>
    <rect x="544" y="426" width="108" height="228" rx="50" fill="url(#cup)"/>
    <circle cx="196" cy="540" r="26" fill="none" stroke="#d7a58b" stroke-width="7"/>
    <circle cx="604" cy="540" r="26" fill="none" stroke="#d7a58b" stroke-width="7"/>
    <path d="M172 478c-6 40-6 84 0 124" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".3"/>
    <path d="M228 330c22-60 62-98 112-112" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".3"/>
    <circle cx="604" cy="622" r="6" fill="#7ee0b0"/>`,
};
