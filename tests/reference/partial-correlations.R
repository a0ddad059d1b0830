# How things hang together: Rscript tests/reference/partial-correlations.R > tests/reference/partial_correlations.json
# Made with R 4.2.2 and survey 4.1-1. All data here are invented. r is by solve and cov.wt, its error by svymean of the influence values.
suppressPackageStartupMessages(library(survey))
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); options(survey.lonely.psu = "certainty", warn = -1)
number <- function(x) paste0("[", paste(ifelse(is.na(x) | is.infinite(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
short <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.15g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")
rows <- function(m, by = number) paste0("[", paste(apply(m, 1, by), collapse = ","), "]")

# Persons in clusters of strata: `columns` scores of two common causes, the clusters' mood and noise; two of them skewed; some missing.
make <- function(seed, strata, units, size, columns, missing) {
  set.seed(seed); h <- rep(seq_len(strata), each = units); m <- pmax(2, rpois(strata * units, size)); n <- sum(m)
  d <- data.frame(stratum = rep(h, m) - 1L, unit = rep(seq_along(h), m) - 1L, w = round(exp(rnorm(n, 0, .5)), 3), side = sample(0:1, n, TRUE, c(.85, .15)))
  load <- matrix(runif(columns * 2, -.4, .9), columns); causes <- matrix(rnorm(n * 2), n) + matrix(rnorm(length(h) * 2, 0, .5), ncol = 2)[d$unit + 1, ]
  s <- causes %*% t(load) + matrix(rnorm(n * columns), n) + matrix(rnorm(length(h) * columns, 0, .4), ncol = columns)[d$unit + 1, ]
  s[, 1] <- exp(s[, 1] / 2); s[, 2] <- s[, 2] + .3 * d$stratum; s <- round(50 + 14 * s, 1); s[matrix(runif(n * columns) < missing, n)] <- NA
  list(d = d, s = s)
}
partial <- function(s, w) { P <- solve(cov.wt(s, w, method = "ML")$cov); r <- -cov2cor(P); r[lower.tri(r)] }
complete <- function(m, keep) keep & rowSums(is.na(m$s)) == 0
estimate <- function(m, des, keep, columns = seq_len(ncol(m$s)), again = NULL) {
  ok <- complete(m, keep); s <- m$s[ok, columns]; w <- m$d$w[ok]; fit <- cov.wt(s, w, method = "ML"); P <- solve(fit$cov); p <- ncol(s)
  e <- sweep(s, 2, fit$center) %*% P; e <- sweep(e, 2, sqrt(diag(P)), "/"); which <- t(combn(p, 2)); r <- -cov2cor(P)[which]; simple <- cov2cor(fit$cov)[which]
  u <- sapply(seq_len(nrow(which)), function(k) { a <- e[, which[k, 1]]; b <- e[, which[k, 2]]; a * b + r[k] / 2 * (a^2 + b^2) })
  V <- numeric(nrow(which)); df <- degf(subset(des, ok))
  if (is.null(again)) for (k in seq_along(V)) { all <- numeric(nrow(m$d)); all[ok] <- u[, k]; V[k] <- vcov(svymean(~x, subset(update(des, x = all), ok))) }
  else V <- diag(vcov(withReplicates(des, function(w, x) { P <- solve(cov.wt(m$s[ok, columns], w[ok], method = "ML")$cov); -cov2cor(P)[which] })))
  z <- atanh(r); se <- sqrt(V) / (1 - r^2); t <- qt(.975, df); pv <- 2 * pt(-abs(z) / se, df); q <- p.adjust(pv, "BH")
  list(n = sum(ok), retained = sum(ok) / sum(keep), ess = sum(w)^2 / sum(w^2), condition = kappa(cov2cor(fit$cov), exact = TRUE), left = columns[which[, 1]] - 1, right = columns[which[, 2]] - 1,
    r = r, simple = simple, se = sqrt(V), df = df, low = tanh(z - t * se), high = tanh(z + t * se), p = pv, q = q, drawn = as.integer(q <= .05 & abs(r) >= .1))
}
difference <- function(a, b) {
  V1 <- (a$se / (1 - a$r^2))^2; V2 <- (b$se / (1 - b$r^2))^2; d <- atanh(a$r) - atanh(b$r); df <- (V1 + V2)^2 / (V1^2 / a$df + V2^2 / b$df)
  object(lapply(list(difference = d, se = sqrt(V1 + V2), df = df, low = d - qt(.975, df) * sqrt(V1 + V2), high = d + qt(.975, df) * sqrt(V1 + V2), p = 2 * pt(-abs(d) / sqrt(V1 + V2), df)), number))
}
case <- function(m, keep, found, extra = list()) object(c(list(data = object(lapply(m$d, short)), scores = rows(t(m$s), short), members = short(which(keep) - 1)), lapply(found, number), extra))
cases <- list()
m <- make(1, 1, 460, 0, 5, .02); m$d <- m$d[seq_len(440), ]; m$s <- m$s[seq_len(440), ]; m$d$unit <- seq_len(440) - 1L; keep <- rep(TRUE, 440)
first <- estimate(m, svydesign(~1, weights = ~w, data = m$d), keep); cases$weights_only <- case(m, keep, first)
m <- make(2, 6, 9, 10, 9, .015); keep <- m$d$side == 0; cases$clustered <- case(m, keep, estimate(m, svydesign(~unit, strata = ~stratum, weights = ~w, data = m$d), keep))
m <- make(3, 8, 7, 8, 5, .05); keep <- rep(TRUE, nrow(m$d)); m$d$stratum[m$d$unit == 0] <- 8L; m$d$stratum <- match(m$d$stratum, unique(m$d$stratum)) - 1L
second <- estimate(m, svydesign(~unit, strata = ~stratum, weights = ~w, data = m$d), keep); cases$lonely <- case(m, keep, second)
m <- make(4, 6, 3, 24, 6, 0); keep <- m$d$side == 0; base <- svydesign(~unit, strata = ~stratum, weights = ~w, data = m$d); moved <- as.svrepdesign(base, type = "JKn")
factor <- unique(data.frame(unit = m$d$unit, as.matrix(moved$repweights))); factor <- round(as.matrix(factor[order(factor$unit), -1]), 12)
des <- svrepdesign(weights = m$d$w, repweights = m$d$w * factor[m$d$unit + 1, ], data = m$d, combined.weights = TRUE, type = "other", scale = moved$scale, rscales = moved$rscales, mse = FALSE)
cases$replicates <- case(m, keep, estimate(m, des, keep, again = TRUE), list(factors = rows(t(factor), short), scale = number(moved$scale), rscales = number(moved$rscales)))
m <- make(5, 5, 8, 10, 5, .01); m$s <- cbind(m$s, round(m$s[, 3] + m$s[, 4] / 5 + rnorm(nrow(m$s), 0, .4), 1)); keep <- rep(TRUE, nrow(m$d)); ok <- complete(m, keep)
R <- cov2cor(cov.wt(m$s[ok, ], m$d$w[ok], method = "ML")$cov); vif <- diag(solve(R)); out <- which.max(vif); stopifnot(kappa(R, exact = TRUE) > 1000)
cases$nearly_one <- case(m, keep, estimate(m, svydesign(~unit, strata = ~stratum, weights = ~w, data = m$d), keep, setdiff(1:6, out)), list(out = number(out - 1), inflation = number(vif[out])))
cat(object(list(generated_with = sprintf("\"%s, survey %s; tests/reference/partial-correlations.R\"", R.version.string, packageVersion("survey")), cases = object(cases), difference = difference(first, second))), "\n")
