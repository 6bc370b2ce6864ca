# The hub as an image: packages and client inside, an ordinary user, nothing written but /tmp, no network at run time but PostgreSQL's.
# Newer releases of Node 20 or 22 go here.
ARG NODE=20.20.2-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /hub
ENV NODE_ENV=production CI=true
COPY .npmrc package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY scripts/set-up.mjs scripts/
# The version of pnpm stands in one place: where `npm start` installs.
RUN npx --yes "$(grep -o 'pnpm@[0-9.]*' scripts/set-up.mjs)" install --frozen-lockfile --prod
COPY . .
RUN node_modules/.bin/prisma generate \
 && node_modules/.bin/vite build --config client/vite.config.ts --logLevel warn

FROM node:${NODE}
WORKDIR /hub
ENV NODE_ENV=production PORT=4000
COPY --from=build /hub/node_modules node_modules
COPY --from=build /hub/package.json ./
COPY --from=build /hub/prisma prisma
COPY --from=build /hub/scripts/create-admin.ts scripts/
COPY --from=build /hub/common common
COPY --from=build /hub/server server
COPY --from=build /hub/client/dist client/dist
# Root owns the files, so the hub cannot change itself.
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# What `npm start` comes to once everything is made; no npm and no shell between the supervisor's signals and the hub.
CMD ["node", "--import", "tsx", "server/src/main.ts"]
