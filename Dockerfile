FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY prisma prisma
COPY scripts scripts
COPY playground playground
COPY src src
RUN npm run build
# What only the build needs goes, beside what only the tests need.
RUN npm uninstall --no-save --omit=dev prisma tsx esbuild graphiql @graphiql/toolkit react react-dom

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 FILES_DIR=/files
# A volume that is mounted there belongs to whom this does.
RUN mkdir --mode=700 /files && chown node:node /files
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma/migrations prisma/migrations
COPY --from=build /app/dist dist
COPY LICENSE ./
USER node
EXPOSE 4000
# Live, not ready: to start it anew mends no Redis and no database.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Much is short-lived here: it dies before it is copied.
CMD ["node", "--max-semi-space-size=32", "dist/main.js"]
