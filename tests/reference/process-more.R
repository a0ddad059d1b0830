# Invented registers over time: Rscript tests/reference/process-more.R > tests/reference/process_more.json
# Made with R 4.2.2, base and stats alone: lm with contr.sum and anova, median, rle, qbinom. No one's counts: all are drawn here.
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", as.numeric(x))), collapse = ","), "]")
one <- function(x) sprintf("%.17g", as.numeric(x))
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ",\n"), "}")

# F test of months by lm and anova; effects sum to 0; baseline = the first n rows (NA are gaps).
months <- function(y, season, count, n) {
  d <- data.frame(y = y, m = factor(season, levels = 0:(count - 1)))[seq_len(n), ]
  f <- lm(y ~ m, d, contrasts = list(m = "contr.sum")); a <- anova(f); b <- coef(f)[-1]; e <- c(b, -sum(b))
  object(list(values = number(y), season = number(season), count = count, points = sum(!is.na(d$y)), end = n, f = one(a$F[1]),
              df = number(a$Df), p = one(a$`Pr(>F)`[1]), effects = number(e), adjusted = number(y - e[season + 1])))
}
seasonal <- function(seed, n, count, size, slope = 0, gaps = integer()) {
  set.seed(seed); t <- seq_len(n) - 1
  y <- round(1000 + slope * t + size * sin(2 * pi * t / count) + rnorm(n, 0, 60)); y[gaps] <- NA
  list(y = y, season = (t + 3) %% count)
}
a <- seasonal(31, 40, 12, 150); b <- seasonal(32, 60, 12, 30, slope = -4); c <- seasonal(33, 48, 12, 90, gaps = c(5, 14, 40))
d <- seasonal(34, 30, 4, 100)

# Laney's p' step by step.
laney <- function(seed, n, base, share, spread, low, high, gaps = integer()) {
  set.seed(seed); total <- round(runif(n, low, high)); p <- pmin(pmax(share + rnorm(n, 0, spread), 0), 1)
  x <- rbinom(n, total, p); x[gaps] <- NA; q <- x / total; i <- seq_len(base)
  pbar <- sum(x[i], na.rm = TRUE) / sum(total[i][!is.na(x[i])]); sigma <- sqrt(pbar * (1 - pbar) / total)
  z <- ((q - pbar) / sigma)[i]; sz <- mean(abs(diff(z)), na.rm = TRUE) / 1.128
  object(list(shares = number(q), totals = number(total), points = sum(!is.na(x[i])), centre = one(pbar), spread = one(sz),
              low = number(pmax(0, pbar - 3 * sigma * sz)), high = number(pmin(1, pbar + 3 * sigma * sz))))
}

# XmR with frozen limits and the four rules, by runs and embedded windows instead of a loop over points.
windows <- function(flag, k, points = k) seq_along(c(flag, rep(0, points - k))) %in% unlist(lapply(which(rowSums(embed(flag, k)) == k), function(i) i:(i + points - 1)))
process <- function(seed, n, base, shift = 0, from = n, slope = 0) {
  set.seed(seed); y <- round(as.numeric(arima.sim(list(ar = .6), n)) * 10 + 100 + shift * (seq_len(n) > from) + slope * (seq_len(n) %% 25))
  b <- y[seq_len(base)]; m <- mean(b); r <- mean(abs(diff(b))); out <- lapply(c(high = 1, low = -1), function(s) {
    v <- s * (y - m); far <- v > 2.66 * 2 / 3 * r & v <= 2.66 * r; rise <- windows(s * diff(y) > 0, 6, 7)
    near <- embed(as.integer(far), 3); same <- embed(as.integer(v > 0), 3); hit <- which(rowSums(near) >= 2 & rowSums(same) == 3)
    list(outside = v > 2.66 * r, shift = windows(v > 0, 7), trend = rise, two = far & seq_len(n) %in% unlist(lapply(hit, function(i) i:(i + 2)))) })
  rules <- function(side) object(lapply(out[[side]], function(f) number(which(f) - 1)))
  object(list(values = number(y), points = base, centre = one(m), low = one(m - 2.66 * r), high = one(m + 2.66 * r), range = one(r),
              signals = object(list(high = rules("high"), low = rules("low")))))
}

runs <- function(seed, n, drift) {
  set.seed(seed); y <- round(rnorm(n, 10, 2) + drift * seq_len(n)); m <- median(y); s <- sign(y - m); s <- s[s != 0]; u <- length(s)
  object(list(values = number(y), median = one(m), useful = u, longestRun = max(rle(s)$lengths), crossings = sum(diff(s) != 0),
              longestRunLimit = round(log2(u)) + 3, crossingsLimit = qbinom(.05, u - 1, .5)))
}

list_of <- function(x) paste0("[", paste(x, collapse = ",\n"), "]")
cat(object(list(
  months = list_of(c(months(a$y, a$season, 12, 24), months(a$y, a$season, 12, 36), months(b$y, b$season, 12, 24), months(c$y, c$season, 12, 29),
                     months(d$y, d$season, 4, 8), months(d$y, d$season, 4, 20))),
  laney = list_of(c(laney(41, 30, 20, .3, .05, 80, 900), laney(42, 26, 16, .02, .01, 40, 400), laney(43, 24, 20, .6, 0, 20, 60, gaps = c(4, 5, 21)))),
  process = list_of(c(process(51, 60, 20), process(52, 60, 12, 25, 40), process(53, 80, 15, -30, 50), process(54, 100, 20), process(55, 100, 20, slope = 6), process(56, 80, 14, slope = -7))),
  runs = list_of(c(runs(61, 11, 0), runs(62, 11, 1), runs(63, 9, .2), runs(64, 40, .05), runs(65, 150, 0))))), "\n")
