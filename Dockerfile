# Embedded set-up: one process, one data folder. The compiler stays in the first stage; no browser is installed.
FROM node:20-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY package.json package-lock.json ./
# The native modules are built in a layer of their own, which a change of the program does not throw away.
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3 nodejieba
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY bin ./bin
COPY config ./config
COPY crawlers ./crawlers
COPY dashboards ./dashboards
COPY pipeline ./pipeline
COPY review-api ./review-api
COPY test/campus ./test/campus
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    GUANLAN_DATA=/data \
    GUANLAN_KEYS=/keys \
    GUANLAN_HOST=0.0.0.0 \
    GUANLAN_PORT=3000
# Made here, so that a fresh volume belongs to the user that writes to it.
RUN install -d -o node -g node -m 0700 /data /keys
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/bin/guanlan.js ./bin/
COPY --from=build /src/dist ./dist
COPY --from=build /src/dashboards/dist ./dashboards/dist
COPY --from=build /src/config/channels.yaml /src/config/units.yaml /src/config/governance.yaml ./config/
COPY --from=build /src/config/lexicons ./config/lexicons
USER node
VOLUME ["/data", "/keys"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.GUANLAN_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/guanlan.js"]
CMD ["start"]
