import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const devOrigin = process.env['SOUK_PUBLIC_ORIGIN'] ?? 'http://localhost:8080';
const proxied = ['/api', '/media', '/hls'];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
    // The Content-Security-Policy allows files of the own origin, not data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      ...Object.fromEntries(proxied.map((path) => [path, devOrigin])),
      '/socket.io': { target: devOrigin, ws: true },
    },
  },
});
