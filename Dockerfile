# syntax=docker/dockerfile:1
# Targets: `service` (default; web and worker) and `bot`. Neither holds tests, TypeScript or the embedded PostgreSQL.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev
COPY miniprogram/package.json miniprogram/package-lock.json miniprogram/
RUN npm ci --prefix miniprogram --ignore-scripts --no-audit --no-fund --omit=dev
COPY console/package.json console/package-lock.json console/
RUN npm ci --prefix console --ignore-scripts --no-audit --no-fund --omit=dev
COPY tsconfig.json ./
COPY src src
COPY bots bots
RUN node node_modules/typescript/bin/tsc -p tsconfig.json --noCheck \
  && node node_modules/typescript/bin/tsc -p bots/tsconfig.json --noCheck
COPY miniprogram miniprogram
RUN npm run -s build:h5 --prefix miniprogram
COPY console console
RUN npm run -s build --prefix console

# What the bot needs at run time: no compiler, no embedded PostgreSQL.
FROM node:24-slim AS bot-packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --omit=optional \
  && npm uninstall --ignore-scripts --no-audit --no-fund --omit=dev --omit=optional typescript

# What the service needs: the same without wechaty.
FROM bot-packages AS service-packages
RUN npm uninstall --ignore-scripts --no-audit --no-fund --omit=dev --omit=optional wechaty

FROM node:24-slim AS bot
ENV NODE_ENV=production NUANXIN_BOT_MEMORY=/data/bot-answered.log WECHATY_LOG=silent
WORKDIR /app
COPY --from=bot-packages /app/node_modules node_modules
# The package that drives the account, as name@version. None by default: see bots/README.md for the risk.
ARG BOT_PUPPET=""
RUN if [ -n "$BOT_PUPPET" ]; then npm install --no-save --ignore-scripts --no-audit --no-fund "$BOT_PUPPET"; fi \
  && install -d -o node -g node /data
COPY package.json ./
COPY locales locales
COPY scripts/with-secrets.mjs scripts/
COPY --from=build /app/dist/bots dist/bots
USER node
VOLUME /data
ENTRYPOINT ["node", "scripts/with-secrets.mjs"]
CMD ["dist/bots/resident/main.js"]

FROM node:24-slim AS service
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY --from=service-packages /app/node_modules node_modules
COPY package.json ./
COPY flows flows
COPY regions regions
COPY locales locales
COPY scripts/with-secrets.mjs scripts/
COPY src/store/migrations src/store/migrations
COPY --from=build /app/dist dist
COPY --from=build /app/miniprogram/dist/build/h5 miniprogram/dist/build/h5
COPY --from=build /app/console/dist console/dist
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/with-secrets.mjs"]
CMD ["dist/main.js", "--role", "all"]
